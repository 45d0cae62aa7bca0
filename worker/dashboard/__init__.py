"""The dashboard: web pages and a JSON API over the ledger and the archive, behind a token from the first start."""
