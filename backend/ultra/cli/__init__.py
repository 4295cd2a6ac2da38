"""The commands of ./ultra, one file for each group; `app.py` lists them."""
