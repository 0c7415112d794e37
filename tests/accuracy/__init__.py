"""Draws of the whole production path, from a spec's text to Arrow batches, against exact laws.

Ten million draws a case, a million of families that cost a microsecond each. The laws are
scipy's, and mpmath's where scipy's differences lose digits; `references` says when. Seeds are
fixed. One number holds for all of it: a right sampler fails any comparison of this suite with a
probability of at most `checks.FALSE_ALARM`.
"""
