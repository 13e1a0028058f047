import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useState } from 'react';
import { fieldSchema, type Upload } from '../../../../server/contract/imports.ts';
import { assign, type Draft } from '../desk/mapping.ts';
import { ColumnsTable } from './ColumnsTable.tsx';
import type { Check } from './checks.ts';
import { FieldSlots } from './FieldSlots.tsx';
import styles from './MappingBoard.module.css';

interface MappingBoardProps {
  upload: Upload;
  draft: Draft;
  checks: readonly Check[];
  onChange: (draft: Draft) => void;
}

export function MappingBoard({ upload, draft, checks, onChange }: MappingBoardProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 8 } }),
  );
  const drop = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    const field = fieldSchema.safeParse(over?.id);
    if (field.success) onChange({ ...draft, mapping: assign(draft.mapping, String(active.id), field.data) });
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      // By keyboard and for screen readers there are the menus.
      accessibility={{ screenReaderInstructions: { draggable: '' }, announcements: SILENT }}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={drop}
    >
      <div className={styles.board}>
        <ColumnsTable upload={upload} draft={draft} checks={checks} onChange={onChange} />
        <FieldSlots draft={draft} dragging={dragged !== null} onChange={onChange} />
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged !== null && <span className={styles.dragged}>{dragged}</span>}
      </DragOverlay>
    </DndContext>
  );
}

const nothing = () => undefined;
const SILENT = { onDragStart: nothing, onDragOver: nothing, onDragEnd: nothing, onDragCancel: nothing };
