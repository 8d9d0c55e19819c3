% # What `drawing()` says, with a `label`. A page that has it includes parts/references, too.
<div class="drawing" role="region" aria-label="{{label}}" tabindex="0">
  <svg width="{{f"{drawing.width:g}"}}" height="{{f"{drawing.height:g}"}}" role="img" aria-label="{{label}}: {{len(drawing.boxes)}} tables, and {{len(drawing.lines)}} references between them">
    % for curve, tip in drawing.lines:
    <path class="reference" d="{{curve}}"/><path class="tip" d="{{tip}}"/>
    % end
    % for box in drawing.boxes:
    <rect x="{{f"{box.x:g}"}}" y="{{f"{box.y:g}"}}" width="{{f"{box.width:g}"}}" height="{{f"{box.height:g}"}}" rx="6"/>
    <text class="table-name" x="{{f"{box.x + 14:g}"}}" y="{{f"{box.y + 23:g}"}}">{{box.name}}</text>
    % for name, middle in box.rows:
    <text x="{{f"{box.x + 14:g}"}}" y="{{f"{middle + 3:g}"}}">{{name}}</text>
    % end
    % end
  </svg>
</div>
