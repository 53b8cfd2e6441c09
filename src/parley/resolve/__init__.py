"""Who is meant: speakers inside an article, actors across articles; as judgements with a why."""
