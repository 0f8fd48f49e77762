"""The screens, which turn keys into intents, and answers into what the panes show."""
