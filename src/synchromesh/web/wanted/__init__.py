"""Training that is wanted: what people look for and no course gives, and providers who say that they will offer it."""
