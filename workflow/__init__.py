"""What is done to a project: documents in, alignment, review, catalogs and documents out."""

from .errors import ConflictError, ProjectError, WorkflowError

__all__ = ["ConflictError", "ProjectError", "WorkflowError"]
