"""Ten thousand specs to ten thousand tables: what it takes, and where the time goes."""
