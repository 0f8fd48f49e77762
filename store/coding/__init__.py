"""Coding by hand: from selected words of an article to claims about events, actors and places."""
