"""The site as files, for a server that runs nothing of ours."""
