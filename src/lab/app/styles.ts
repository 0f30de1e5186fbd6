/**
 * The styles of the first screen, in the order of the cascade: a later sheet wins where two rules
 * are equally specific. What opens later (export, inspector, library) imports its own sheet.
 */
import "../ui/tokens.css";
import "../ui/base.css";
import "./layout.css";
import "../ui/controls.css";
import "../ui/menu.css";
import "../setup/setup.css";
import "../ui/notices.css";
import "../figures/figures.css";
import "../picture/picture.css";
import "../run/run.css";
import "../results/results.css";
import "../results/tables/tables.css";
import "../storage/storage.css";
import "../user-models/user-models.css";
import "../ui/dialog.css";
import "../setup/networks.css";
import "../choice/choice.css";
import "../learn/learn.css";
import "./phone.css";
import "../present/present.css";
import "../share/address/share.css";
import "../predict/predict.css";
