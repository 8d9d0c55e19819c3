<p class="count">{{shown}} {{single if total == 1 else many}}\\
% if search:
 matching “{{search}}”\\
% end
% if is_filtered:
 that {{"fits" if total == 1 else "fit"}} the filter\\
% end
% if chart_url:
 · <a href="{{chart_url}}">As a chart</a>\\
% end
% for end, link in files:
 · <a href="{{link}}">{{end}}</a>\\
% end
</p>
