"""What may be asked of the field window: what changed, announced changes, look-ins, placements, lead times?"""

from valley.field.queries.announced import ChangeItem as ChangeItem
from valley.field.queries.announced import ChangePage as ChangePage
from valley.field.queries.announced import LeadTimes as LeadTimes
from valley.field.queries.announced import change as change
from valley.field.queries.announced import changes as changes
from valley.field.queries.announced import employers as employers
from valley.field.queries.announced import lead_times as lead_times
from valley.field.queries.announced import plannable as plannable
from valley.field.queries.news import Feed as Feed
from valley.field.queries.news import FeedItem as FeedItem
from valley.field.queries.news import feed as feed
from valley.field.queries.visits import LookInPage as LookInPage
from valley.field.queries.visits import PlacementPage as PlacementPage
from valley.field.queries.visits import look_in as look_in
from valley.field.queries.visits import look_ins as look_ins
from valley.field.queries.visits import placement as placement
from valley.field.queries.visits import placements as placements
from valley.field.queries.visits import work_processes as work_processes
