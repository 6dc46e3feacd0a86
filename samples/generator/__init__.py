"""Parts of make_samples.py: pages, layouts, document texts, scanner simulation and file writers."""
