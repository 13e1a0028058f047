import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one colour of interaction, lightest to darkest; data never wear it. */
const accent: MantineColorsTuple = [
  '#ececfb',
  '#d5d5f6',
  '#aeadff',
  '#8f8df0',
  '#7673ea',
  '#6562dd',
  '#4a48c4',
  '#3c3aa8',
  '#302e8a',
  '#24236b',
];

/** Mantine, brought to the tokens of tokens.css: sizes 12 to 40, radius 8, one accent. */
export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-code)',
  fontSizes: {
    xs: 'var(--text-12)',
    sm: 'var(--text-13)',
    md: 'var(--text-14)',
    lg: 'var(--text-16)',
    xl: 'var(--text-20)',
  },
  lineHeights: { xs: 'var(--line)', sm: 'var(--line)', md: 'var(--line)', lg: 'var(--line)', xl: 'var(--line)' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '8px', xl: '8px' },
  defaultRadius: 'sm',
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  headings: {
    fontFamily: 'var(--font-text)',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: 'var(--text-28)', lineHeight: '1.3' },
      h2: { fontSize: 'var(--text-16)', lineHeight: '1.4' },
      h3: { fontSize: 'var(--text-14)', lineHeight: '1.4' },
    },
  },
});
