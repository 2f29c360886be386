package io.throughline.torture.check;

/** A linked list of positions that are taken out and put back last out, first in. */
final class Links {

    static final int NONE = -1;

    private final int[] next;
    private final int[] previous;
    private int head = NONE;

    /**
     * @param positions how many there may be
     * @param members which are in the list, in its order
     */
    Links(int positions, int[] members) {
        next = new int[positions];
        previous = new int[positions];
        int last = NONE;
        for (int member : members) {
            previous[member] = last;
            setNext(last, member);
            last = member;
        }
        setNext(last, NONE);
    }

    int first() {
        return head;
    }

    int next(int position) {
        return next[position];
    }

    /** Its own links stay, so that a walk over the list may take out where it stands. */
    void takeOut(int position) {
        setNext(previous[position], next[position]);
        setPrevious(next[position], previous[position]);
    }

    void putBack(int position) {
        setNext(previous[position], position);
        setPrevious(next[position], position);
    }

    private void setNext(int position, int value) {
        if (position == NONE) {
            head = value;
        } else {
            next[position] = value;
        }
    }

    private void setPrevious(int position, int value) {
        if (position != NONE) {
            previous[position] = value;
        }
    }
}
