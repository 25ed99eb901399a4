"""The kinds of forms, one module each; a new module here is a new kind."""
