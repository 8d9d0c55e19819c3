"""The checker: the lesson's tasks for a student's own model, each judged by what the parent has seen itself."""
