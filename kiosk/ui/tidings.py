"""News from threads that know no Qt: told there, heard on the GUI thread."""

from PySide6.QtCore import QObject, Signal

from kiosk.services.delivering import RoundResult, Sender
from kiosk.services.kit import DeviceState, RecordingKit


class Tidings(QObject):
    """`delivered` after each round of sending, `packet` for each packet that changed, `device` for a device's state.

    `asked` carries the message key by which a driver asks the person before its device, empty once nobody is asked.
    """

    delivered = Signal(object)
    packet = Signal(str)
    device = Signal(object)
    asked = Signal(str)

    def listen(self, kit: RecordingKit, sender: Sender | None) -> None:
        """Hear of both from now on."""
        kit.watch(self._tell_device)
        kit.listen(self._tell_asked)
        if sender is not None:
            sender.listen(told=self._tell_round, changed=self._tell_packet)

    def _tell_round(self, result: RoundResult) -> None:
        self.delivered.emit(result)

    def _tell_packet(self, packet_id: str) -> None:
        self.packet.emit(packet_id)

    def _tell_device(self, state: DeviceState) -> None:
        self.device.emit(state)

    def _tell_asked(self, question: str) -> None:
        self.asked.emit(question)
