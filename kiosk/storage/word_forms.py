"""What two words one typo apart have in common: a form of one equals a form of the other.

One typo is a letter too many, too few, wrong, or swapped with its neighbour.
"""

LONGEST_WORD = 40


def forms_of(word: str) -> frozenset[str]:
    """Return the word and the word without each one of its letters; a longer word is cut."""
    cut = word[:LONGEST_WORD]
    return frozenset({cut, *(cut[:place] + cut[place + 1 :] for place in range(len(cut)))} - {""})
