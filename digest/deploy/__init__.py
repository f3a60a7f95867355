"""The site as it was built goes to where readers find it."""
