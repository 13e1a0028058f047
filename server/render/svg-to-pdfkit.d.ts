declare module 'svg-to-pdfkit' {
  /** Draws an SVG on the document's page. */
  export default function svgToPdf(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: { assumePt?: boolean; fontCallback: (family: string, bold: boolean, italic: boolean) => string },
  ): void;
}
