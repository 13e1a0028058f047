import { Tooltip } from '@mantine/core';
import { useEffect } from 'react';

interface TipProps {
  id: string;
  label: string;
  over: HTMLElement;
  open: boolean;
  onClose: () => void;
}

export function Tip({ id, label, over, open, onClose }: TipProps) {
  useEffect(() => {
    if (!open) return;
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open, onClose]);
  return <Tooltip target={over} opened={open} label={<span id={id}>{label}</span>} multiline maw={320} withArrow />;
}
