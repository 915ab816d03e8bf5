/// The page's style sheet: light and dark by the reader's own setting, Okabe-Ito colours, ready for print.
package enum PageStyle {
    package static let sheet = """
        :root{color-scheme:light dark;--page:#fdfdfb;--text:#1b1f23;--quiet:#5b636b;--rule:#d9dcdf;--panel:#f3f4f2;\
        --accent:#0072b2;--good:#00795a;--bad:#b24a00;--doubt:#7a5c00;--point:#8a9299}
        @media (prefers-color-scheme:dark){:root{--page:#14171a;--text:#e6e8ea;--quiet:#a2abb3;--rule:#343a40;\
        --panel:#1d2125;--accent:#56b4e9;--good:#3ecf9f;--bad:#ff9a4d;--doubt:#f0c94a;--point:#7d868e}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:62rem;padding:2.5rem 1.5rem 4rem;background:var(--page);color:var(--text);\
        font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
        h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}
        h2{font-size:1.25rem;margin:2.8rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--rule)}
        h3{font-size:1rem;margin:1.6rem 0 .4rem}
        p{margin:.5rem 0;max-width:46rem}
        .quiet,figcaption{color:var(--quiet)}
        .lead{margin:1.4rem 0 0;padding:1rem 1.2rem;background:var(--panel);border-left:4px solid var(--accent)}
        .lead ul{margin:0;padding-left:1.1rem}
        .decision{font-size:1.15rem;font-weight:600;margin:0 0 .6rem}
        nav ol{margin:1.2rem 0 0;padding-left:1.3rem;columns:2;max-width:46rem}
        a{color:var(--accent)}
        .scroll{overflow-x:auto;margin:.8rem 0}
        table{border-collapse:collapse;font-size:.92rem}
        th{font-weight:400;text-align:left;border-bottom:1px solid var(--rule)}
        thead th{font-weight:600;color:var(--quiet);vertical-align:bottom}
        thead .figure{white-space:normal}
        tfoot td{border-bottom:0}
        .rule{overflow-wrap:anywhere;min-width:11rem}
        .depth1{padding-left:1.1rem}.depth2{padding-left:2.2rem}.depth3{padding-left:3.3rem}.depth4{padding-left:4.4rem}
        .depth5{padding-left:5.5rem}.depth6{padding-left:6.6rem}.depth7{padding-left:7.7rem}.depth8{padding-left:8.8rem}
        details{margin:.6rem 0}
        summary{cursor:pointer;color:var(--quiet)}
        th,td{padding:.28rem .9rem .28rem 0;vertical-align:middle}
        td{border-bottom:1px solid var(--rule)}
        .figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .short{white-space:nowrap}
        .chart svg{max-width:none;overflow:visible}
        .chart{padding-top:0;padding-bottom:0}
        .mark{white-space:nowrap}
        .good{color:var(--good)}.bad{color:var(--bad)}.doubt{color:var(--doubt)}
        figure{margin:1rem 0}
        figcaption{font-size:.9rem;max-width:46rem}
        svg{display:block;max-width:100%;height:auto}
        svg text{paint-order:stroke;stroke:var(--page);stroke-width:3px;stroke-linejoin:round;fill:var(--text);font:12px system-ui,sans-serif}
        svg .soft{fill:var(--quiet)}
        svg .axis{stroke:var(--rule)}
        svg .zero{stroke:var(--quiet)}
        svg .interval{stroke:var(--accent);stroke-width:2}
        svg .dot{fill:var(--accent)}
        svg .bar{fill:var(--accent)}
        svg .front{fill:none;stroke:var(--accent);stroke-width:1.5}
        svg .point{fill:var(--point)}
        svg .limit{stroke:var(--bad);stroke-dasharray:5 4}
        svg .arm{stroke:var(--text);stroke-width:1.5;fill:none}
        .words{min-width:17rem}
        code{font-size:.88em;overflow-wrap:anywhere}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.6rem 0}
        dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
        @media (max-width:40rem){body{padding:1.2rem 1rem 3rem}nav ol{columns:1}.words{min-width:13rem}\
        figure{overflow-x:auto}svg.tradeoff{min-width:36rem}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
        @media print{:root{color-scheme:light;--page:#ffffff;--text:#000000;--quiet:#444444;--rule:#bbbbbb;--panel:#f3f4f2;\
        --accent:#0072b2;--good:#00795a;--bad:#b24a00;--doubt:#7a5c00;--point:#8a9299}\
        body{max-width:none;padding:0;font-size:10pt}table{font-size:8pt}.scroll{overflow:visible}\
        th,td{padding:.2rem .5rem .2rem 0}.words{min-width:0}.rule{min-width:0}.chart svg{width:130px;height:auto}\
        h2,h3,thead{break-after:avoid}figure,tr,.lead{break-inside:avoid}nav{display:none}}
        """
}
