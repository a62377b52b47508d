"""Without a line, and over a restart of the server."""

import time

from playwright.sync_api import expect

from tests.e2e.conftest import Profile
from tests.e2e.house import House
from tests.e2e.steps import channel_row, composer, message, order, say, send

RESUME_MS = 5000


def test_a_second_visit_opens_offline_with_the_last_state(profile: Profile, house: House) -> None:
    group = house.group("Offline", "bo")
    general = house.ada.channels(group)["general"]
    rota = house.ada.channel(group, "rota")
    house.people["bo"].follow(rota)
    house.ada.say(general, "Kept on the device.", "This, too.")
    first = profile(house.server.url)
    house.admit(first, "bo")
    first.goto(f"/c/{general}")
    expect(message(first, "Kept on the device.")).to_be_visible()
    first.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context = first.context
    first.close()
    context.set_offline(offline=True)
    again = context.new_page()
    again.goto("/")
    expect(message(again, "Kept on the device.")).to_be_visible()
    expect(again.get_by_text("You are offline.")).to_be_visible()
    # One can go about, and says what is not here.
    channel_row(again, "rota").click()
    expect(again.get_by_role("heading", name="The messages could not be loaded")).to_be_visible()
    say(again, "Written in the tunnel.")
    expect(message(again, "Written in the tunnel.")).to_contain_text("Bo Brandt")
    channel_row(again, "general").click()
    expect(message(again, "This, too.")).to_be_visible()
    house.ada.say(rota, "Meanwhile on the rota.")
    channel_row(again, "rota").click()
    context.set_offline(offline=False)
    # The problem goes by itself.
    expect(message(again, "Meanwhile on the rota.")).to_be_visible(timeout=20_000)
    expect(message(again, "Written in the tunnel.")).to_have_count(1)
    expect(again.get_by_text("You are offline.")).to_have_count(0, timeout=20_000)


def test_the_server_restarts_while_people_talk(profile: Profile, house: House) -> None:
    group = house.group("Restart", "bo")
    general = house.ada.channels(group)["general"]
    pages = [profile(house.server.url) for _ in range(2)]
    for page, name in zip(pages, ("ada", "bo"), strict=True):
        house.admit(page, name)
        page.goto(f"/c/{general}")
        expect(composer(page)).to_be_visible()
    ada, bo = pages
    say(ada, "before")
    expect(message(bo, "before")).to_be_visible()
    house.server.kill_application()
    said = [f"during {number}" for number in range(4)]
    for text in said:
        send(ada, text)
    house.server.wait()
    back = time.monotonic()
    for page in pages:
        for text in said:
            expect(message(page, text)).to_have_count(1, timeout=RESUME_MS)
    assert time.monotonic() - back < RESUME_MS / 1000
    say(bo, "after")
    expect(message(ada, "after")).to_be_visible()
    everything = ["before", *said, "after"]
    assert order(ada, *everything) == order(bo, *everything) == everything
    # And again with nobody writing: the line itself comes back.
    house.server.kill_application()
    house.server.wait()
    house.ada.say(general, "from elsewhere")
    for page in pages:
        expect(message(page, "from elsewhere")).to_be_visible(timeout=RESUME_MS)
