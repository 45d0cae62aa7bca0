"""The archive: issues, pages, articles, links and findings, in and out of the tables. Nothing here commits."""

from worker.archive.assembled import Ids, Loaded, load, pending, write
from worker.archive.closing import closable, close
from worker.archive.moving import Movable, movable, move, papers, standing
from worker.archive.settling import Change, Standing, settle
from worker.archive.storing import Filed, Known, already, file, withdraw_namesakes

__all__ = [
    "Change",
    "Filed",
    "Ids",
    "Known",
    "Loaded",
    "Movable",
    "Standing",
    "already",
    "closable",
    "close",
    "file",
    "load",
    "movable",
    "move",
    "papers",
    "pending",
    "settle",
    "standing",
    "withdraw_namesakes",
    "write",
]
