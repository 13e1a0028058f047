import { Drawer } from '@mantine/core';
import { useWords } from '../../data/useWords.ts';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';

export function NavigationDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Drawer.Root
      opened={open}
      onClose={onClose}
      size={264}
      padding={0}
      classNames={{ content: styles.drawerContent, body: styles.drawer }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={t('navigation')}>
        <Drawer.Body>
          <Sidebar />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
