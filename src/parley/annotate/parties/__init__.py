"""Who is a party where no codebook knows."""
