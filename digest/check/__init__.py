"""Is all well with a digest: what its sources say, and the site as it stands."""
