"""The interaction model and the schemas: what Alexa is taught, and the shapes that it and our answers must have."""
