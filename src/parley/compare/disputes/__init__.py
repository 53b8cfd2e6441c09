"""Where accounts contradict each other: what an analyst looks at first."""
