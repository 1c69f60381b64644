"""What searches run on: the streets, with some junctions split so that a turn can be barred or cost time.

At a junction that is not split whoever arrives may leave by any street, at no cost: it is one node. A *split*
junction has a node for each arc that arrives (its in-port) and one for each that leaves (its out-port); a
*link* joins an in-port to an out-port and is one turn. No two links follow each other, so there is no way
round a link that is closed. A restriction over via ways needs memory: a *copy* of each arc of the via way
is driven by those alone who came along the `from` way, and its links lead on without the turn that is barred.

One graph serves every profile and hour: what one may not do is closed by the weights (`routing.metric`).
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import Int32s, Int64s, Masks


@dataclass(frozen=True, slots=True)
class Graph:
    """Arcs 0 to 2 * edges - 1 are those of the streets (2e drives edge e, 2e + 1 back), then come the copies,
    then the links. Nodes 0 to streets.nodes - 1 are those of the streets; of a split one, one of its ports.

    corner     : int32[nodes]  the street node each stands at; -1 for a node where ways only end
    arc_from, arc_to : int32[arcs]  nodes; -1 for an arc that nobody drives, at a split junction
    arc_mm     : int64[arcs]   length in millimetres; links have none
    copied     : int32[copies] the arc of the streets that each copy stands for
    reached_at : int32[street arcs]  the node from which a place on the arc is reached: arc_from, or where
                                     the arc has copies, a node to which it and its copies lead, and no
                                     further
    link_in, link_out : int32[links]  the arcs of the streets before and after the turn
    link_kind  : uint8[links]  `routing.turn_costs.KINDS`       link_signal : uint8[links]  1 at a signal
    arc_signal : uint8[street arcs]  1 where a signal stands along the arc
    clause_link: int32[clauses]  a link is closed by a clause in which some restriction bars it and none
                                 that holds at the same time, from the same street, names it as the way to go
    ban_clause, ban_rule : int32[bans]  the clause, and the index of the restriction in RoadMap.restrictions
    ban_permits: uint8[bans]   1 where the restriction names the link as the way to go
    """

    corner: Int32s
    arc_from: Int32s
    arc_to: Int32s
    arc_mm: Int64s
    copied: Int32s
    reached_at: Int32s
    link_in: Int32s
    link_out: Int32s
    link_kind: Masks
    link_signal: Masks
    arc_signal: Masks
    clause_link: Int32s
    ban_clause: Int32s
    ban_rule: Int32s
    ban_permits: Masks

    @property
    def nodes(self) -> int:
        return len(self.corner)

    @property
    def arcs(self) -> int:
        return len(self.arc_from)

    @property
    def street_arcs(self) -> int:
        """Arcs of the streets: the first copy has this id."""
        return len(self.reached_at)

    @property
    def first_link(self) -> int:
        return self.street_arcs + len(self.copied)

    @property
    def left_at(self) -> Int32s:
        """The node that a place gets to which is left along each arc of the streets."""
        return self.arc_to[: self.street_arcs]

    def with_copies(self, arcs: Int32s) -> Int32s:
        """The same arcs, and the copies that stand for them."""
        if not len(self.copied):
            return arcs
        copies = self.street_arcs + np.flatnonzero(np.isin(self.copied, arcs))
        return np.concatenate((arcs, copies)).astype(np.int32)

    def barred(self, active: Masks) -> Int32s:
        """The links that are closed while the restrictions with active[rule] hold: indices of links.

        Where they would bar every turn from a street at once, none is barred: who is in it must get out. (Who
        would be caught on a via way need not go there.)
        """
        closed = self.closed_by(active)
        return np.setdiff1d(closed, self.ways_out_of(self.dead_ends(closed))).astype(np.int32)

    def closed_by(self, active: Masks) -> Int64s:
        """The same without that mercy."""
        holds = active[self.ban_rule] > 0
        clauses = len(self.clause_link)
        bars = np.bincount(self.ban_clause[holds & (self.ban_permits == 0)], minlength=clauses) > 0
        permits = np.bincount(self.ban_clause[holds & (self.ban_permits == 1)], minlength=clauses) > 0
        return np.unique(self.clause_link[bars & ~permits]).astype(np.int64)

    def dead_ends(self, closed: Int64s) -> Int64s:
        """The nodes at the ends of streets from which every link is `closed`."""
        begin = self.arc_from[self.first_link :]
        open_links = np.bincount(begin, minlength=self.nodes)
        open_links -= np.bincount(begin[closed], minlength=self.nodes)
        held = np.unique(begin[closed]).astype(np.int64)
        found: Int64s = held[(open_links[held] == 0) & np.isin(held, self.left_at)]
        return found

    def ways_out_of(self, nodes: Int64s) -> Int64s:
        """The links that lead from any of the nodes."""
        found: Int64s = np.flatnonzero(np.isin(self.arc_from[self.first_link :], nodes))
        return found


def ends_together(graph: Graph) -> tuple[Int32s, Int32s]:
    """Pairs of nodes that must lie on one climb of a hierarchy, though no arc may join them: the two by which
    a place on a street is left, and the two by which it is reached."""
    one = np.concatenate((graph.left_at[::2], graph.reached_at[::2]))
    other = np.concatenate((graph.left_at[1::2], graph.reached_at[1::2]))
    both = (one >= 0) & (other >= 0)
    return one[both], other[both]
