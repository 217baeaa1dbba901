"""PostgreSQL: finding and running a server of our own, migrations, the event log."""
