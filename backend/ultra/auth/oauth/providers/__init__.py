"""Google and GitHub: where to send a browser, and who came back."""
