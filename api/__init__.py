"""HTTP: requests in, commands out, answers back. No rules.

`routes.py` declares every route once; the handlers (`app.py`) and the OpenAPI document
(`openapi.py`) are both made from it. The parts it is served by come in as `Services`.
"""
