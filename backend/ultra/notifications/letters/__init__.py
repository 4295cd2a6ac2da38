"""How a mail looks: HTML and plain text, in Turkish and English, in the product's colours."""
