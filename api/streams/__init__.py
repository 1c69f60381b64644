"""The log and telemetry as streams: what goes to Kafka, what comes back, and the hosts of the folds.

The folds themselves are pure and stand in `projections/streams` (docs/adr/0020-streams-as-pure-folds.md); one
partition's states are a `Shelf` there, those of all partitions of a worker the `Shelves` here.

Our Kafka           topics, schemas, record_sizes   what is kept there, in which shape, how large
                    broker_settings, admin, set_up  how it is reached, and how the topics are made
                    driver_noise, leaving           what aiokafka says too often; letting go of it
The log to Kafka    relay, relay_log, relay_lock    `vigil relay`: reading a log, the only one that does
                    envelope, outlet, checkpoint    an event as a record, sent in transactions; how far
                    relay_figures                   how it stands
                    presence                        a centre says that it is there
                    reader                          for readers of `vigil.events` outside Vigil
Workers, any host   shelves, holding                states of the partitions held; fold, say, keep
                    changelog, claims               states kept and read back; whose count
                    sinks, outbox                   an effect as a record; sending until all is there
                    membership, broker_clock        whether the group counts on us; ticks, whose time
                    watchdog, endings               ending a worker that stands, and why it ended
Plain aiokafka      worker, aiokafka_host           `vigil stream --host plain`: run one; the host
Faust               faust_run, faust_host           `vigil stream`: run one; the host
                    faust_bundles, faust_cures      whole fetches; what Faust gets wrong
Back to a centre    orders                          what a notice orders: a note, a milestone
                    back_to_centre, back_figures    `vigil stream --back`: through the centre's API
                    own_centre                      in this very centre, by the short way
A centre by itself  home                            all of its streams, as one thing
                    embedded, stream_keeper         the folds in its process, and what feeds them
                    desk_lines                      soft alerts before its desks
Watched             region_watch, group_pace        how a centre's region gets on; how far readers are behind
"""
