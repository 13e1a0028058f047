/** A text that may be cut off, whole on hover. */
export const TitledText = ({ text }: { text: string }) => <span title={text}>{text}</span>;
