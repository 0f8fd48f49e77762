"""What keeps a case fit to stand in court: verifying, salvaging, packing, redacting."""
