"""What may be asked of the field window: what changed, announced changes, look-ins, placements, lead times?"""

from valley.curriculum.queries.field.announced import ChangeItem as ChangeItem
from valley.curriculum.queries.field.announced import ChangePage as ChangePage
from valley.curriculum.queries.field.announced import LeadTimes as LeadTimes
from valley.curriculum.queries.field.announced import change as change
from valley.curriculum.queries.field.announced import changes as changes
from valley.curriculum.queries.field.announced import employers as employers
from valley.curriculum.queries.field.announced import lead_times as lead_times
from valley.curriculum.queries.field.announced import plannable as plannable
from valley.curriculum.queries.field.news import Feed as Feed
from valley.curriculum.queries.field.news import FeedItem as FeedItem
from valley.curriculum.queries.field.news import feed as feed
from valley.curriculum.queries.field.visits import LookInPage as LookInPage
from valley.curriculum.queries.field.visits import PlacementPage as PlacementPage
from valley.curriculum.queries.field.visits import look_in as look_in
from valley.curriculum.queries.field.visits import look_ins as look_ins
from valley.curriculum.queries.field.visits import placement as placement
from valley.curriculum.queries.field.visits import placements as placements
from valley.curriculum.queries.field.visits import work_processes as work_processes
