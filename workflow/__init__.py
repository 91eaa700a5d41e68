"""What is done to a project: documents in, alignment, review, catalogs and documents out."""

from .errors import ProjectError, WorkflowError

__all__ = ["ProjectError", "WorkflowError"]
