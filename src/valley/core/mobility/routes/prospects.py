"""What can follow at most from each day on, in compiled code?"""

from __future__ import annotations

import numpy as np

from valley.core.mobility.routes.field import Field
from valley.core.mobility.routes.native import native


@native
def prepare(field: Field) -> None:
    """Fill in, per day, the most that can follow in each lane and in all of them together: the last layer."""
    layer, days, lanes = len(field.most) - 1, field.most.shape[1], field.most.shape[2]
    own, ease = np.zeros((days, lanes), np.int64), np.zeros(days)
    most, eased = field.most[layer], field.ease[layer]
    for day in range(days - 2, -1, -1):
        for arc in range(field.arc_from[day], field.arc_from[day + 1]):
            place, end = field.arc_place[arc], field.arc_end[arc]
            total = 0.0
            for lane in range(lanes):
                more = field.adds[place, lane]
                total += more * field.weight[lane]
                own[day, lane] = max(own[day, lane], min(field.need[lane], more + most[end, lane]))
            ease[day] = max(ease[day], total + eased[end])
        for later in range(day, min(day + field.gap + 1, days)):
            eased[day] = max(eased[day], ease[later])
            for lane in range(lanes):
                most[day, lane] = max(most[day, lane], own[later, lane])


@native
def layer_out(field: Field) -> None:
    """Fill in the layers before the last: the most that can follow within 0, 1, 2, ... idle days."""
    layers, days, lanes = field.most.shape
    for day in range(days - 2, -1, -1):
        for layer in range(layers - 1):
            most = field.most[layer, day]
            if layer:
                most[:] = field.most[layer - 1, day + 1]
                field.ease[layer, day] = field.ease[layer - 1, day + 1]
            for arc in range(field.arc_from[day], field.arc_from[day + 1]):
                place, end = field.arc_place[arc], field.arc_end[arc]
                total = field.ease[layer, end]
                for lane in range(lanes):
                    more = field.adds[place, lane]
                    total += more * field.weight[lane]
                    most[lane] = max(most[lane], min(field.need[lane], more + field.most[layer, end, lane]))
                field.ease[layer, day] = max(field.ease[layer, day], total)
