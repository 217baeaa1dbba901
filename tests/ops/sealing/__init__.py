"""The seal: signed, proved, attacked."""
