"""How complaints, suits, insolvency and credit disputes stand on a day: read from the entries."""
