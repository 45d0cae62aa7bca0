"""The archive: issues, pages, articles, links and findings, in and out of the tables. Nothing here commits."""

from worker.archive.assembled import Ids, Loaded, load, pending, write
from worker.archive.closing import closable, close
from worker.archive.following import Move, clear
from worker.archive.moving import Movable, hold, movable, move, papers, standing
from worker.archive.settling import Change, Standing, settle
from worker.archive.storing import Known, file, recognise
from worker.archive.withdrawing import withdraw_namesakes

__all__ = [
    "Change",
    "Ids",
    "Known",
    "Loaded",
    "Movable",
    "Move",
    "Standing",
    "clear",
    "closable",
    "close",
    "file",
    "hold",
    "load",
    "movable",
    "move",
    "papers",
    "pending",
    "recognise",
    "settle",
    "standing",
    "withdraw_namesakes",
    "write",
]
