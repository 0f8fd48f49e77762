"""Chain of custody for a case: verify, repair, pack and convert."""
