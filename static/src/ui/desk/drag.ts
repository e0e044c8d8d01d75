/** Dragging something of the board onto something else. Whatever can be dragged can also be moved by its *Move…* button. */
export interface Dragged { list: string; id: string }

const type = 'application/x-unisson-entity';
let dragged: Dragged | undefined; // what a dragover may not read from the event

/** Handlers of a handle: what is dragged is what it stands for. */
export const grip = (what: Dragged, changed: (on: boolean) => void = () => {}) => ({
  start: (e: DragEvent): void => {
    dragged = what;
    e.dataTransfer!.effectAllowed = 'move';
    e.dataTransfer!.setData(type, JSON.stringify(what));
    const whole = (e.currentTarget as HTMLElement).closest<HTMLElement>('.drags');
    if (whole) e.dataTransfer!.setDragImage(whole, 12, 12);
    changed(true);
  },
  end: (): void => {
    dragged = undefined;
    changed(false);
  },
});

/** Handlers of a place where some things may be dropped. */
export const landing = (accepts: (d: Dragged) => boolean, drop: (d: Dragged) => void) => ({
  over: (e: DragEvent): void => {
    if (!dragged || !accepts(dragged)) return;
    e.preventDefault();
    e.stopPropagation();
    (e.currentTarget as HTMLElement).classList.add('over');
  },
  leave: (e: DragEvent): void => {
    const here = e.currentTarget as HTMLElement;
    if (!here.contains(e.relatedTarget as Node | null)) here.classList.remove('over');
  },
  drop: (e: DragEvent): void => {
    (e.currentTarget as HTMLElement).classList.remove('over');
    if (!dragged || !accepts(dragged)) return;
    e.preventDefault();
    e.stopPropagation();
    const what = dragged;
    dragged = undefined;
    drop(what);
  },
});
