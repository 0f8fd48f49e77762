"""Where a case lives: files, and the SQL index that every query reads."""
