"""From a reply, which is a list of content keys, to what is heard."""
