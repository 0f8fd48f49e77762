"""The panes: each shows rows and posts messages, and knows no other pane."""
