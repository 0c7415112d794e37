"""A folder of specs to a corpus of tables, one for each spec.

``run.sample_corpus`` is the whole: it finds the specs, leaves out those whose tables are
whole already (``journal``), has worker processes (``pool``, ``worker``, ``drawing``) write
the others' tables to files in the hidden folder ``.texrc`` of the output (``workplace``),
and makes these public in one of two layouts: one file each (``files``), or packed into
shards (``shards``).

Only the process that was called makes anything public, and in this order: a worker has
written the table; the journal says that it is drawn and how large it is; the table gets
its name. Whatever moment a kill comes at, the next run finds a table that is named,
journalled and of that size, or draws it again under the same name.
"""
