"""Compiling takes seconds; it must happen at set-up and never in the middle of an incident."""

from concurrent.futures import ThreadPoolExecutor

from routing import grid_kernels, kernels
from routing.warm import ask_everything, warm_up
from tests.towns import town

KERNELS = [kernels.grow, kernels.meet, grid_kernels.fill_grid, grid_kernels.nearest]


def test_no_kernel_is_compiled_for_a_second_kind_of_array(tmp_path):
    warm_up()
    before = [len(kernel.signatures) for kernel in KERNELS]
    drawn = town("a-b>c\n|   |\nd...e", signs={"b": {"barrier": "bollard"}})
    times = drawn.times(tmp_path)
    places = [drawn.at(corner) for corner in "acde"]
    for profile in ("van", "motorbike", "van_normal", "motorbike_normal"):
        for count in (0, 1, 4):
            times.to_scene(places[:count], places[0], profile)
            times.from_scene(places[0], places[:count], profile)
            times.table(places[:count], places, profile, "free_flow")
            times.table(places, places[:count], profile)
        times.route(places[0], places[3], profile)
        times.covers(places[0])
    assert [len(kernel.signatures) for kernel in KERNELS] == before
    assert before == [1] * len(KERNELS)


def test_many_threads_get_the_answers_of_one(tmp_path):
    drawn = town("a-b>c-g\n|   | |\nd...e-f")
    times = drawn.times(tmp_path)
    places = [drawn.at(corner) for corner in "abcdefg"]
    alone = [times.to_scene(places, place, "motorbike") for place in places]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda i: times.to_scene(places, places[i % 7], "motorbike"), range(280)))
    assert together == alone * 40


def test_the_warm_up_asks_every_question():
    asked = []

    class Witness:
        def __getattr__(self, question):
            return lambda *_: asked.append(question)

    ask_everything(Witness())
    assert set(asked) == {"covers", "to_scene", "from_scene", "table", "route"}
