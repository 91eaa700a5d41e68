"""Sentence alignment."""

from .passes import align_all
from .params import Params


def align_documents(pairs, sl, tl, *, fixed=None, params=Params()):
    return align_all(pairs, sl, tl, fixed or [()] * len(pairs), params)


def align(s, t, sl, tl, *, fixed=(), params=Params()):
    return align_documents([(s, t)], sl, tl, fixed=[fixed], params=params)[0]
