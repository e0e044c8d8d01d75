/** The writing surface: CodeMirror over a shared text, with findings marked in it. Loaded when somebody first writes. */
import { standardKeymap } from '@codemirror/commands';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, placeholder, type DecorationSet } from '@codemirror/view';
import { ySync, ySyncAnnotation, ySyncFacet, YSyncConfig } from 'y-codemirror.next';
import type * as Y from 'yjs';

export interface Mark { from: number; to: number; severity: string; about: string; linked: string } // UTF-16 units; linked: see ui/about.ts

export interface SurfaceOptions {
  parent: ShadowRoot;
  /** The shared text. origin: whose edits these are, for the model's undo. */
  text(origin: unknown): Y.Text | undefined;
  label: string; lang: string; hint: string; described: string;
  readOnly(): boolean;
  changed(): void;
  moved(head: number): void;
  undo(): void; redo(): void;
  /** The key that mends what stands at the caret, the one that goes into the card, the one that leaves. */
  fix(): boolean; enter(): boolean; leave(): boolean;
}

export interface Surface {
  focus(at?: number, anchor?: number): void;
  head(): number;
  mark(marks: Mark[]): void;
  /** The mark an offset stands in or at the edge of, where it now is; of several, the narrowest. */
  at(offset: number): Mark | undefined;
  /** Where an offset stands in the window. */
  caret(at: number): { left: number; top: number; bottom: number } | undefined;
  close(): void;
}

const setMarks = StateEffect.define<DecorationSet>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, tr) {
    let next = value.map(tr.changes);
    for (const e of tr.effects) if (e.is(setMarks)) next = e.value;
    return next;
  },
  provide: (f) => EditorView.decorations.from(f),
});

// The colours are the page's own custom properties: they are inherited into a shadow.
const look = EditorView.theme({
  '&': { background: 'none', color: 'inherit' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', lineHeight: 'inherit', letterSpacing: 'inherit', overflow: 'visible' },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)', minHeight: '1lh' },
  '.cm-line': { padding: '0' },
  '.cm-placeholder': { color: 'var(--soft)', whiteSpace: 'normal' },
  '.found': { color: 'inherit', background: 'var(--break-tint)', boxShadow: '0 2px 0 var(--break)' },
  '.found.minor': { background: 'none', boxShadow: '0 2px 0 var(--edge)' },
});

export function openSurface(o: SurfaceOptions): Surface | undefined {
  const conf = new YSyncConfig(undefined as never, null);
  const text = o.text(conf);
  if (!text) return undefined;
  conf.ytext = text;
  const key = (run: () => boolean | void) => () => run() !== false;
  const view = new EditorView({
    parent: o.parent, root: o.parent,
    state: EditorState.create({
      doc: text.toString(),
      extensions: [
        EditorState.lineSeparator.of('\n'), // a \r of an import keeps its place: offsets are those of the shared text
        EditorState.changeFilter.of((tr) => !o.readOnly() || tr.annotation(ySyncAnnotation) !== undefined),
        EditorView.lineWrapping, look, marks,
        EditorView.contentAttributes.of({ 'aria-label': o.label, 'aria-description': o.described, 'aria-multiline': 'true', lang: o.lang, spellcheck: 'true' }),
        placeholder(o.hint),
        keymap.of([
          { key: 'Mod-z', run: key(o.undo), shift: key(o.redo), preventDefault: true }, { key: 'Mod-y', run: key(o.redo), preventDefault: true },
          { key: 'Mod-.', run: o.fix }, { key: 'F8', run: o.enter }, { key: 'Escape', run: o.leave },
          ...standardKeymap,
        ]),
        EditorView.domEventHandlers({ beforeinput: (e) => e.inputType === 'historyUndo' ? (o.undo(), true) : e.inputType === 'historyRedo' ? (o.redo(), true) : false }),
        ySyncFacet.of(conf), ySync,
        EditorView.updateListener.of((u) => {
          if (u.docChanged && !u.transactions.some((tr) => tr.annotation(ySyncAnnotation))) o.changed();
          if (u.docChanged || u.selectionSet) o.moved(u.state.selection.main.head);
        }),
      ],
    }),
  });
  return {
    focus(at, anchor = at) {
      const within = (offset: number) => Math.min(offset, view.state.doc.length);
      if (at !== undefined) view.dispatch({ selection: { anchor: within(anchor ?? at), head: within(at) }, scrollIntoView: true });
      view.focus();
    },
    head: () => view.state.selection.main.head,
    mark(list) {
      const length = view.state.doc.length;
      const sound = list.filter((m) => m.from < m.to && m.to <= length).sort((a, b) => a.from - b.from || a.to - b.to);
      view.dispatch({ effects: setMarks.of(Decoration.set(sound.map((m) => Decoration.mark({ tagName: 'mark', class: `found ${m.severity}`, attributes: { 'data-about': m.linked }, meant: m }).range(m.from, m.to)))) });
    },
    at(offset) {
      let best: Mark | undefined;
      view.state.field(marks).between(offset, offset, (from, to, value) => {
        if (!best || to - from < best.to - best.from) best = { ...(value.spec as { meant: Mark }).meant, from, to };
      });
      return best;
    },
    caret: (at) => view.coordsAtPos(Math.min(at, view.state.doc.length)) ?? undefined,
    close: () => view.destroy(),
  };
}
