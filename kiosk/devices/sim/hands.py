"""The scene's person as a real driver asks for them: what is asked of them they do before the simulated device."""

from kiosk.devices.api import Person
from kiosk.devices.sim.remote_peer import RemotePeer


class Hands:
    """A `Person` who tells the peer what the driver asked for, and then asks the real one as well."""

    def __init__(self, peer: RemotePeer, person: Person) -> None:
        self._peer = peer
        self._person = person

    def asked(self, question: str) -> bool:
        """Return what the real person answers."""
        answer = self._person.asked(question)
        self._peer.show(question)
        return answer
